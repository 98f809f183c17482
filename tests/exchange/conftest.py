"""Small history folders, and the one of the skaters."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from recruiter.foundation.database.db import db

SKATING = Path(__file__).parents[1] / "data" / "history" / "skating"
DECISIONS = "slate,item,decided_on,grade,job_family,outcome\n"
RATINGS = "slate,item,rater,attribute,score,rated_on,scale_min,scale_max\n"


@pytest.fixture
def skating():
    return SKATING


@pytest.fixture
def folder(tmp_path):
    """`folder(decisions=…, ratings=…)`: a new history folder of these texts."""

    def made(**files):
        place = tmp_path / f"folder{len(list(tmp_path.iterdir()))}"
        place.mkdir()
        for name, text in files.items():
            (place / f"{name}.csv").write_text(text, encoding="utf-8")
        return place

    return made


@pytest.fixture
def small(folder):
    """Two slates decided on dates, with every kind of scale, a card twice, features and weights."""
    return folder(
        decisions=DECISIONS
        + "Platform 1,ada,2024-03-05,3,ENG,hired\nPlatform 1,bela,2024-03-05,2,ENG,declined\n"
        + "Platform 1,chidi,2024-03-05,1,ENG,rejected\nPlatform 2,ada,2024-05-01,0,ENG,withdrawn\n"
        + "Platform 2,dora,2024-05-01,3,ENG,\n",
        ratings=RATINGS
        + "Platform 1,ada,Kim Lee,Depth,4,2024-03-01,1,5\nPlatform 1,ada,Kim Lee,overall,3,2024-03-01,1,4\n"
        + "Platform 1,ada,lou,Depth,8,2024-03-02,0,10\nPlatform 1,ada,lou,Depth,9,2024-03-02,0,10\n"
        + "Platform 1,bela,Kim Lee,Depth,2,,,\nPlatform 1,bela,Kim Lee,overall,-4.5,,,\n"
        + "Platform 2,dora,lou,Clarity,70,2024-05-01,0,100\nPlatform 2,dora,lou,overall,80,2024-05-01,0,100\n",
        features="slate,item,feature,value\nPlatform 1,ada,years,7\nPlatform 2,dora,years,2.5\n",
        weights="name,weight\nDepth,2\nClarity,1\n",
    )


@pytest.fixture
def rows_of(session):
    """`rows_of()`: how many rows each table holds for everybody, what is not committed left out."""

    def counted():
        session.rollback()  # whoever looks in between holds up the next writer
        tables = db.metadata.sorted_tables
        counts = {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}
        session.rollback()
        return counts

    return counted
