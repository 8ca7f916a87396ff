"""Who is responsible for what: tasks chosen by body, document, section, measure and words, and what is made of them."""
