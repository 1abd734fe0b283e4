"""The panel beside the chat that shows documents."""
