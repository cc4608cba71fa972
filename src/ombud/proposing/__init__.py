"""
What a language model may word, if a newsroom has one and asks it: no evidence, and no decision.

`asking` speaks OpenAI's protocol with the one address that is set, `keeping` throws away what
quotes anything that is not there, and `tasks` says what is asked.
"""
