"""Chats saved and verified, quotations judged."""
