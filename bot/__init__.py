"""Everything that knows that a chat exists."""
