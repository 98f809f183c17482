"""The fairness audit of this company: answers of self-identification kept apart, audits computed from them and kept.

`protected` holds the answers; only `loading` (in) and `gathering` (for an audit) may know it, which an import contract holds.
"""
