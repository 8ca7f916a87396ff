"""What the browser shows; the only package that imports gradio, and that in chat, api, theme, page and tabs."""
