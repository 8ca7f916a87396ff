"""What the browser shows and programs call; the only package that imports gradio and FastAPI."""
