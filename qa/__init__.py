"""What is answered: questions in, verbatim quotations out."""
