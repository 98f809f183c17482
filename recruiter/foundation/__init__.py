"""Words that every room uses; nothing of recruiting stands here."""
