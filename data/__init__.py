"""What is known and how it is kept; imports nothing of ours."""
