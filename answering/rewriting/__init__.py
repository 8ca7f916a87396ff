"""Understanding helped by a chat model: when it is asked, what of its reply is admitted, and when that is better."""
