"""Long work that all readers of the page see."""
