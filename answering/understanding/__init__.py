"""Understanding: from the words of a question and the turns before it to what is asked."""
