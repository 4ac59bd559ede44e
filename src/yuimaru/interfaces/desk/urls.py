"""The addresses of the desk; names are `desk:…`."""

from django.urls import path

from yuimaru.interfaces.desk import (
    exports,
    files,
    log,
    moves,
    newcomers,
    protections,
    queue,
    services,
    standings,
)
from yuimaru.interfaces.desk.approvals import absences
from yuimaru.interfaces.desk.approvals import views as approvals
from yuimaru.interfaces.desk.documents import adding, asking, changing, lawful, listing, reviewing, showing
from yuimaru.interfaces.desk.joining import body, documents, katas, mandates, opening, overview, people
from yuimaru.interfaces.desk.tasks import views as tasks

app_name = "desk"

urlpatterns = [
    path("desk/", queue.queue, name="queue"),
    path("desk/queue.csv", exports.as_csv, name="queue_csv"),
    path("desk/queue.xlsx", exports.as_workbook, name="queue_xlsx"),
    path("desk/next", queue.take_next, name="next"),
    path("desk/standing/", standings.choose, name="standing"),
    path("desk/standing", standings.change, name="change_standing"),
    path("desk/log", log.log, name="log"),
    path("desk/services/", services.services, name="services"),
    path("desk/services/<uuid:task_id>/restart", services.restart, name="restart_service"),
    path("desk/protections/", protections.overview, name="protections"),
    path("desk/protections/<uuid:measure_id>", protections.measure, name="protection"),
    path("desk/protections/<uuid:measure_id>/extend", protections.extend, name="extend_protection"),
    path("desk/protections/<uuid:measure_id>/lift", protections.lift, name="lift_protection"),
    path("desk/protections/<uuid:measure_id>/release", protections.release, name="release_protection"),
    path("desk/moves/", moves.overview, name="moves"),
    path("desk/moves/<kata>", moves.move, name="move"),
    path("desk/approvals", approvals.approvals, name="approvals"),
    path("desk/absences", absences.overview, name="absences"),
    path("desk/absences/<uuid:absence_id>/end", absences.end, name="end_absence"),
    path("desk/joining/", overview.overview, name="joining"),
    path("desk/joining/start", overview.begin, name="joining_start"),
    path("desk/joining/body", body.body, name="joining_body"),
    path("desk/joining/sections", people.sections, name="joining_sections"),
    path("desk/joining/staff", people.staff, name="joining_staff"),
    path("desk/joining/staff/<uuid:user_id>/invite", people.invite, name="joining_invite"),
    path("desk/joining/kata/", katas.katas, name="joining_katas"),
    path("desk/joining/kata/<kata>", katas.kata, name="joining_kata"),
    path("desk/joining/mandates/", mandates.mandates, name="joining_mandates"),
    path("desk/joining/mandates/<kata>", mandates.mandate, name="joining_mandate"),
    path("desk/joining/documents", documents.documents, name="joining_documents"),
    path("desk/joining/opening", opening.opening, name="joining_opening"),
    path("desk/ask", asking.ask, name="ask"),
    path("desk/documents/", listing.documents, name="documents"),
    path("desk/documents/add", adding.add, name="add_documents"),
    path("desk/documents/review", reviewing.review, name="documents_review"),
    path("desk/documents/articles", lawful.articles, name="articles"),
    path("desk/documents/<uuid:document_id>", showing.document, name="document"),
    path("desk/documents/<uuid:document_id>/file", showing.file, name="document_file"),
    path("desk/documents/<uuid:document_id>/change", changing.change, name="change_document"),
    path("desk/documents/<uuid:document_id>/withdraw", changing.withdraw, name="withdraw_document"),
    path("desk/documents/<uuid:document_id>/share", changing.share, name="share_document"),
    path("desk/documents/<uuid:document_id>/use", changing.use, name="use_document"),
    path("desk/tasks/<uuid:task_id>", tasks.task, name="task"),
    path("desk/tasks/<uuid:task_id>/take", tasks.take, name="take"),
    path("desk/tasks/<uuid:task_id>/return", tasks.give_back, name="return"),
    path("desk/tasks/<uuid:task_id>/act", tasks.act, name="act"),
    path("desk/tasks/<uuid:task_id>/draft", approvals.draft, name="draft"),
    path("desk/tasks/<uuid:task_id>/recall", approvals.recall, name="recall"),
    path("desk/tasks/<uuid:task_id>/marks/<uuid:mark_id>", approvals.sign, name="sign"),
    path("desk/tasks/<uuid:task_id>/reveal", tasks.reveal, name="reveal"),
    path("desk/tasks/<uuid:task_id>/files/<uuid:file_id>", tasks.attachment, name="attachment"),
    path("accounts/first/<uuid:user_id>/<secret>", newcomers.first_password, name="first_password"),
    path("files/<uuid:file_id>", files.download, name="file"),
]
