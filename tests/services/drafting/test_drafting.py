"""A reply from the documents of a town: word for word, from what residents may read, never guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from tests import cast
from tests.conftest import actor
from tests.integrations.llm.server import model, says
from tests.services.cases import flow
from tests.services.drafting import enquiries
from tests.services.knowledge.town import AT, TODAY, add, note, switch_on, town
from tests.services.questions.town import section
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases.models import Case
from yuimaru.services.drafting import actions, queries
from yuimaru.services.drafting.rules import letter
from yuimaru.services.drafting.rules.enquiry import asked
from yuimaru.services.drafting.rules.letter import Draft
from yuimaru.services.knowledge.models import Document, Egress
from yuimaru.services.knowledge.queries import ask
from yuimaru.services.knowledge.rules.answer import Answer, Sentence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
FEE, DAY = "粗大ごみの手数料は、1点につき300円です。", "収集は毎週月曜日です。"
CARS = "# 公用車\n\n## 予約\n\n公用車の予約は、前日の午後5時までに総務課に申し込みます。\n"
BOOKED = "公用車の予約は、前日の午後5時までに総務課に申し込みます。"
CASH = "# 粗大ごみの手数料の取扱い\n\n粗大ごみの手数料は、1点につき300円を現金で受け取ります。\n"
CLERK = "oumi-clerk"


@pytest.fixture
def oumi() -> Iterator[tuple[Organisation, Actor]]:
    with town() as (owner, system):
        add(owner, system, note())
        yield owner, system


def drafted(owner: Organisation, words: str, reader: Actor | None = None) -> Draft:
    return queries.draft_reply(owner, asked(words), reader=reader or actor(CLERK), on=TODAY)


def test_every_sentence_of_an_answer_stands_in_a_document(oumi: tuple[Organisation, Actor]) -> None:
    owner, _ = oumi
    questions = "粗大ごみの手数料はいくらですか。収集は何曜日ですか。飼い猫の登録はできますか。"
    text = letter.letter(drafted(owner, questions))
    blocks = [block.partition("\n") for block in text.split("\n\n")]
    answers = [told.split("\n") for title, _, told in blocks if title.startswith("【お答え")]
    assert len(answers) == 3
    words = "".join(Document.objects.values_list("text", flat=True))
    unfound = letter.NOT_FOUND.format(owner=owner.name)
    for line in (line for lines in answers for line in lines):
        assert line == unfound or line.rstrip("［］0123456789") in words, line
    assert answers[0][0].startswith(FEE)
    assert answers[2] == [unfound]


def test_an_invented_sentence_does_not_get_into_a_letter(
    oumi: tuple[Organisation, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is not the search's own: whatever that brings is held against the document again."""
    owner, _ = oumi

    def lying(*args: object, **more: object) -> Answer:
        answer = ask(*args, **more)  # type: ignore[arg-type]
        return replace(answer, sentences=tuple(_with(each, "300円", "200円") for each in answer.sentences))

    def _with(sentence: Sentence, before: str, after: str) -> Sentence:
        text = sentence.text.replace(before, after)
        return Sentence(text, (replace(sentence.citations[0], quote=text),))

    monkeypatch.setattr(queries, "ask", lying)
    text = letter.letter(drafted(owner, "粗大ごみの手数料はいくらですか"))
    assert "円" not in text
    monkeypatch.setattr(
        queries, "is_verbatim", lambda *_: True
    )  # the counter-test: the check is what stops it
    assert "200円" in letter.letter(drafted(owner, "粗大ごみの手数料はいくらですか"))


def test_a_sentence_that_was_changed_after_it_was_cited_does_not_get_in(
    oumi: tuple[Organisation, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, _ = oumi

    def reworded(*args: object, **more: object) -> Answer:
        answer = ask(*args, **more)  # type: ignore[arg-type]
        said = tuple(replace(each, text=f"{each.text}必ず。") for each in answer.sentences)
        return replace(answer, sentences=said)

    monkeypatch.setattr(queries, "ask", reworded)
    assert not drafted(owner, "粗大ごみの手数料はいくらですか").found


def test_nothing_is_guessed_where_the_documents_are_silent(oumi: tuple[Organisation, Actor]) -> None:
    owner, _ = oumi
    draft = drafted(owner, "市民プールは何時まで開いていますか")
    assert not draft.found
    assert draft.sources == ()
    assert letter.entry(draft) == ""
    assert f"{owner.name}の文書には見つかりませんでした" in letter.letter(draft)
    assert draft.contacts[0].phone in letter.letter(draft)


def test_what_only_staff_may_read_stands_apart(oumi: tuple[Organisation, Actor]) -> None:
    owner, system = oumi
    add(owner, system, note("kuruma.md", CARS, audience="staff"))
    draft = drafted(owner, "公用車の予約はいつまでですか")
    assert [citation.quote for citation in draft.internal] == [BOOKED]
    assert not draft.found
    for text in (letter.letter(draft), letter.message(draft), letter.entry(draft)):
        assert "前日の午後5時" not in text


def test_what_residents_can_be_told_is_not_crowded_out_by_documents_for_staff(
    oumi: tuple[Organisation, Actor],
) -> None:
    owner, system = oumi
    add(owner, system, note("toriatsukai.md", CASH, audience="staff"))
    draft = drafted(owner, "粗大ごみの手数料はいくらですか")
    assert ["現金で受け取ります" in citation.quote for citation in draft.internal] == [True]
    assert FEE in letter.letter(draft)
    assert "現金で受け取ります" not in letter.letter(draft)


def test_a_close_entry_for_staff_is_marked(oumi: tuple[Organisation, Actor]) -> None:
    owner, system = oumi
    add(owner, system, note("kuruma.md", CARS, audience="staff"))
    draft = drafted(owner, "公用車の予約の取り消しはいつまでですか")
    assert {noted.citation.quote: noted.is_internal for noted in draft.near}[BOOKED]
    assert BOOKED not in letter.letter(draft)
    close = drafted(owner, "粗大ごみの収集の申し込みはいつまでですか").near
    assert not {noted.citation.quote: noted.is_internal for noted in close}[DAY]


def test_somebody_of_another_body_is_answered_as_a_resident(oumi: tuple[Organisation, Actor]) -> None:
    owner, system = oumi
    add(owner, system, note("kuruma.md", CARS, audience="staff"))
    draft = drafted(owner, "公用車の予約はいつまでですか", actor("centre-agent"))
    assert draft.internal == ()
    assert not any(noted.is_internal for noted in draft.near)
    assert not draft.found


def test_no_more_questions_are_looked_up_than_are_read(oumi: tuple[Organisation, Actor]) -> None:
    owner, _ = oumi
    draft = drafted(
        owner, "".join(f"{name}を飼えますか。" for name in ("犬", "猫", "鳥", "亀", "蛇", "馬", "牛"))
    )
    assert (len(draft.replies), draft.left_out) == (queries.MOST_QUESTIONS, 2)
    assert not draft.shortened
    assert drafted(owner, f"{'とても困っていて、' * 60}粗大ごみの手数料はいくらですか。").shortened


def test_the_section_that_answers_is_named_first(oumi: tuple[Organisation, Actor]) -> None:
    owner, system = oumi
    add(owner, system, note("b.md", "# 犬\n\n犬の登録の手数料は、3,000円です。\n", section=section("環境課")))
    draft = drafted(owner, "市民プールは何時までですか。犬の登録の手数料はいくらですか。")
    assert draft.contacts[0].section == "環境課"
    assert letter.letter(draft).endswith(f"{owner.name} 環境課")


def test_a_procedure_is_named_with_what_it_asks_for() -> None:
    with town(cast.MIDORINO) as (owner, system):
        add(owner, system, note(text="# 児童手当\n\n児童手当は、月額10,000円です。\n"))
        draft = queries.draft_reply(
            owner, asked("児童手当はいくらですか"), reader=actor("midorino-clerk"), on=TODAY
        )
        [procedure] = draft.procedures
    assert procedure.url == f"/m/{cast.MIDORINO}/procedures/jidou-teate/"
    assert procedure.bring
    assert all(f"・{thing}" in letter.letter(draft) for thing in procedure.bring)


# --- of a case ---


def opened(login: str, case: Case) -> actions.Opened:
    with flow.standing(login):
        return actions.open_reply(task_id=flow.waiting(case).pk, by=actor(login), at=flow.NOW, on=flow.TODAY)


@pytest.fixture
def enquiry() -> Case:
    with town() as (owner, system):
        add(owner, system, note())
    enquiries.adopt()
    return enquiries.sent()


def test_opening_a_draft_is_in_the_log_without_a_word_of_it(enquiry: Case) -> None:
    found = opened(CLERK, enquiry)
    assert FEE in letter.letter(found.draft)
    assert found.draft.replies[0].words == "粗大ごみの手数料はいくらですか。"
    event = Event.objects.filter(owner_id=enquiry.owner_id).latest("seq")
    assert (event.kind, event.about) == ("reply.drafted", f"case:{enquiry.pk}")
    assert json.loads(event.body)["data"] == {"number": enquiry.number, "step": "振り分け"}


def test_the_record_of_a_conversation_is_answered_question_by_question(enquiry: Case) -> None:
    record = "質問1：収集は何曜日ですか\n「粗大ごみ」のこととして調べました。\n文書には見つかりませんでした。"
    case = enquiries.sent(key="key-of-a-second", 会話の記録=record)
    draft = opened(CLERK, case).draft
    assert [reply.words for reply in draft.replies] == [
        "粗大ごみの手数料はいくらですか。",
        "収集は何曜日ですか",
    ]
    assert DAY in letter.entry(draft)


def test_a_draft_is_for_those_who_may_open_the_task_and_for_enquiries_alone(enquiry: Case) -> None:
    claim = flow.case(cast.OUMI, flow.send(flow.draft(cast.OUMI), key="key-of-a-claim").number)
    before = Event.objects.count()
    for login, case in (("midorino-clerk", enquiry), ("minato-agent", enquiry), (CLERK, claim)):
        with pytest.raises(NotVisible):
            opened(login, case)
    with flow.standing(CLERK), pytest.raises(NotVisible):
        actions.open_reply(task_id=UUID(int=7), by=actor(CLERK), at=flow.NOW, on=flow.TODAY)
    assert Event.objects.count() == before


def test_a_protected_person_is_not_drafted_for(enquiry: Case) -> None:
    access = opened(CLERK, enquiry).access
    assert queries.may_draft(access)
    assert not queries.may_draft(replace(access, concerned=True))


def test_what_is_done_is_not_drafted_for(enquiry: Case) -> None:
    flow.act(CLERK, enquiry, "渡す")
    task = flow.act(CLERK, enquiry, "回答する", "お答えしました。")
    with flow.standing(CLERK), pytest.raises(NotVisible):
        actions.open_reply(task_id=task.pk, by=actor(CLERK), at=flow.NOW, on=flow.TODAY)


# --- with a model ---


def test_a_model_words_the_answers_and_never_reads_a_name(enquiry: Case) -> None:
    same = "粗大ごみの手数料は1点につき300円です。"
    with model() as server:
        server.behaviour = says(
            json.dumps({"sentences": [{"text": same, "quotes": [1]}]}, ensure_ascii=False)
        )
        with town() as (owner, system):
            switch_on(owner, system, server.url)
        draft = opened(CLERK, enquiry).draft
        sent = json.dumps([each["body"] for each in server.asked], ensure_ascii=False)
    assert draft.by_model
    assert f"{same}［1］" in letter.letter(draft)
    assert not any(name in sent for name in ("青葉", "陽菜", "090-0000-1234"))


def test_what_a_model_makes_up_is_not_in_the_draft(enquiry: Case) -> None:
    lie = "粗大ごみの手数料は無料です。"
    with model() as server:
        server.behaviour = says(json.dumps({"sentences": [{"text": lie, "quotes": [1]}]}, ensure_ascii=False))
        with town() as (owner, system):
            switch_on(owner, system, server.url)
        draft = opened(CLERK, enquiry).draft
        assert server.asked
    assert not draft.by_model
    assert "無料" not in letter.letter(draft)
    assert FEE in letter.letter(draft)
    with town():
        assert not Egress.objects.filter(outcome="shown").exists()


def test_without_an_answer_no_model_is_asked(oumi: tuple[Organisation, Actor]) -> None:
    owner, system = oumi
    with model() as server:
        switch_on(owner, system, server.url)
        draft = actions.worded(drafted(owner, "市民プールは何時まで開いていますか"), owner=owner, at=AT)
        assert not server.asked
    assert not draft.by_model
