"""
Other outlets, followed: their feeds are looked at in rounds, and new articles put into stories.

`polling` goes a round, `rounds` goes them beside a server, `keeping` turns articles into what is
kept of them and back.
"""
