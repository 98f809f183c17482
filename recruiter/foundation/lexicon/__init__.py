"""The one check of words that reads every free text about a person, in English, German, French and Spanish."""
