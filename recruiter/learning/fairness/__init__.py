"""The fairness audit: do groups of people come through alike, in past decisions and under the model? Evidence, not a certificate.

Answers about sex, race and the like come in here and nowhere else; what ranks never imports this folder.
"""
