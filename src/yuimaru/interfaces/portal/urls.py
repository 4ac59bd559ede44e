"""Addresses of the residents' pages."""

from django.urls import path

from yuimaru.interfaces.portal import (
    again,
    apply,
    ask,
    correct,
    documents,
    handling,
    home,
    procedures,
    rating,
    receipts,
    selfcheck,
    withdraw,
)

app_name = "portal"

urlpatterns = [
    path("", home.towns, name="towns"),
    path("m/<code>/", home.home, name="home"),
    path("m/<code>/ask", ask.ask, name="ask"),
    path("m/<code>/ask/rating", rating.send, name="rate"),
    path("m/<code>/data", handling.handling, name="handling"),
    path("m/<code>/documents/", documents.documents, name="documents"),
    path("m/<code>/documents/<uuid:document_id>", documents.document, name="document"),
    path("m/<code>/procedures/", procedures.procedures, name="procedures"),
    path("m/<code>/procedures/<kata>/", procedures.procedure, name="procedure"),
    path("m/<code>/apply/<kata>/", apply.start, name="apply"),
    path("m/<code>/apply/<kata>/<int:position>", apply.step, name="apply_step"),
    path("m/<code>/apply/<kata>/confirm", apply.confirm, name="apply_confirm"),
    path("m/<code>/apply/<kata>/pause", apply.pause, name="apply_pause"),
    path("m/<code>/apply/<kata>/clear", again.clear, name="apply_clear"),
    path("m/<code>/resume/<token>", apply.resume, name="resume"),
    path("m/<code>/check/<kata>/", selfcheck.check, name="check"),
    path("m/<code>/receipts/<number>", receipts.receipt, name="receipt"),
    path("m/<code>/status", receipts.find, name="status"),
    path("m/<code>/status/<number>", receipts.status, name="case_status"),
    path("m/<code>/status/<number>/again", again.again, name="again"),
    path("m/<code>/status/<number>/withdraw", withdraw.withdraw, name="withdraw"),
    path("m/<code>/status/<number>/correct/", correct.review, name="correct"),
    path("m/<code>/status/<number>/correct/<int:position>", correct.step, name="correct_step"),
]
