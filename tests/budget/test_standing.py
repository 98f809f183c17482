"""The standing in a case: the ranking that it rests on is logged at submission; off switches and wishes hold here too."""

import re

from recruiter.budget import services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.ranking.models import Prediction, PredictionUse, RankingUse
from recruiter.ranking.suggestion import opt_out_services, run_log, suggested_ranking
from tests.acts import act_by, moment
from tests.budget import arranging
from tests.ranking.learning import learnt


def standing(session, case, now):
    parts = assembly.content_of(session, case, moment=moment(now), options=Options())
    return next(part for part in parts["sections"] if part["name"] == "standing")


def test_a_submitted_case_logs_the_ranking_that_it_rests_on(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    standing(session, case, now)
    assert session.query(Prediction).count() == 0  # reading a draft is no reliance
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    use = session.query(PredictionUse).one()
    assert (use.use, use.by_id, use.followed) == (RankingUse.CASE, people.ruth.id, None)
    assert run_log.replay(use.prediction)[0]
    score = next(
        row["score"] for row in use.prediction.output["ranking"] if row["application_id"] == offer.application_id
    )
    assert f"Score {score:.2f} of 5 (90 % range" in case.frozen


def test_a_case_without_the_model_relies_on_none(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    services.submit(session, case=case, act=act_by(people.ruth, now=now), options=Options(model=False))
    assert session.query(Prediction).count() == 0


def test_switched_off_the_scorecards_speak_alone(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    assert "range" in str(standing(session, case, now))
    opt_out_services.switch_everywhere(session, on=False, reason="Audit", act=act_by(people.ruth, now=now))
    part = standing(session, case, now)
    assert "range" not in str(part)
    assert "by the published weights" in str(part)
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    assert session.query(Prediction).count() == 0


def test_who_asked_not_to_be_ranked_has_no_score_in_it_and_may_be_asked_for(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    opt_out_services.record_wish(
        session, application=offer.application, ranked=False, reason="Asked", act=act_by(people.ruth, now=now)
    )
    part = standing(session, case, now)
    assert "asked not to be ranked" in part["text"]
    assert part["evidence"] == []
    assert "Score" not in str(part)
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    assert str(offer.application_id) not in {
        item for prediction in session.query(Prediction) for item in prediction.inputs["items"]
    }


def test_the_plot_has_the_figures_of_the_page_of_finalists(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    plot = standing(session, case, now)["plot"]
    suggestion = suggested_ranking.for_requisition(session, offer.application.requisition, viewer=people.ruth)
    assert suggestion["state"] == "ready"
    assert len(plot["rows"]) == len(suggestion["ranking"])
    for mine, theirs in zip(plot["rows"], suggestion["ranking"], strict=True):
        assert (mine["low"], mine["high"]) == tuple(round(end, 4) for end in theirs["score_range"])
        assert (mine["low50"], mine["high50"]) == tuple(round(end, 4) for end in theirs["range50"])
        assert (mine["score"], mine["tied"]) == (round(theirs["score"], 4), theirs["tied"])
        assert mine["place"].rstrip("=") == str(theirs["rank"])
    names = {row["name"] for row in plot["rows"]}
    assert arranging.NAME in names
    assert not names & {"Bela Novak", "Chidi Okoro"}
    assert "Finalist B" in names
    assert plot["basis"] == "the declared weights of the role"


def test_without_the_model_there_is_no_plot_and_a_case_says_where_it_is_too_early(session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    parts = assembly.content_of(session, case, moment=moment(now), options=Options(model=False))["sections"]
    assert all("plot" not in part for part in parts)
    opt_out_services.switch_everywhere(session, on=False, reason="Audit", act=act_by(people.ruth, now=now))
    assert "plot" not in standing(session, case, now)


def test_too_few_cards_draw_nothing_and_say_so(session, people, now):
    offer = arranging.ground(session, people, now, carded=False)
    talk = arranging.panel(session, people, now, offer.application, "ines")
    arranging.card(session, talk, people.ines, now)
    case = arranging.opened(session, people, now, offer)
    part = standing(session, case, now)
    assert "plot" not in part
    assert part["text"].endswith("Too few scorecards are in to give a range, or to say who is ahead.")


def test_who_owes_a_card_sees_no_plot_anywhere(session, people, now, api, browse):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    arranging.panel(session, people, now, offer.application, "hana")
    session.commit()
    assert "doc-finalists" in browse("ruth").get(f"/cases/{case.id}/document").get_data(as_text=True)
    for text in (
        browse("hana").get(f"/cases/{case.id}/document").get_data(as_text=True),
        browse("hana").get(f"/cases/{case.id}").get_data(as_text=True),
        api.hana.get(f"/budget-cases/{case.id}").get_data(as_text=True),
    ):
        assert "doc-finalists" not in text
        assert '"plot"' not in text


def test_the_percentile_is_that_of_the_page_of_finalists(session, people, now, browse):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    learnt(session, people, now)
    ruth, form = browse("ruth"), re.compile(r"percentile (\d+) \((\d+) to (\d+)\)")
    beside = ruth.get(f"/requisitions/{offer.application.requisition.key}/finalists").get_data(as_text=True)
    mine = suggested_ranking.for_requisition(session, offer.application.requisition, viewer=people.ruth)["ranking"]
    past = next(row["past"] for row in mine if row["application_id"] == offer.application_id)
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    in_case = form.findall(ruth.get(f"/cases/{case.id}/document").get_data(as_text=True))
    assert in_case == form.findall(case.frozen)
    assert len(in_case) == 1
    assert in_case[0] in form.findall(beside)
    assert [int(figure) for figure in in_case[0]] == [
        round(share) for share in (past["percentile"], *past["percentile_range"])
    ]
    assert all(0 <= int(figure) <= 100 for figure in in_case[0])
