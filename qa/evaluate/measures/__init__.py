"""What is measured, with intervals and tests."""
