"""Planned conversations: who meets which candidate, when, and what each looks at."""
