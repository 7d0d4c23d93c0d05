"""The tabs of the window, one file a tab and its parts beside it."""
