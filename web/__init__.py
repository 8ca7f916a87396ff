"""What the browser shows; the only package that imports gradio, and that only in chat, api, theme and page."""
