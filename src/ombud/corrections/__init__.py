"""
The corrections desk: reports of errors come in, are looked into, answered, and lead to corrections.

Nothing closes by itself, and what one of the staff does is kept as a step with its reason.
"""
