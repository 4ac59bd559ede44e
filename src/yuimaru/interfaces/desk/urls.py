"""The addresses of the desk; names are `desk:…`."""

from django.urls import path

from yuimaru.interfaces.desk import (
    exports,
    files,
    log,
    model,
    moves,
    newcomers,
    protections,
    queue,
    services,
    standings,
)
from yuimaru.interfaces.desk.approvals import absences
from yuimaru.interfaces.desk.approvals import views as approvals
from yuimaru.interfaces.desk.joining import body, documents, katas, mandates, opening, overview, people
from yuimaru.interfaces.desk.questions import faq, needs, topics
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
    path("desk/model/", model.overview, name="model"),
    path("desk/model/switch", model.switch, name="switch_model"),
    path("desk/model/try", model.try_it, name="try_model"),
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
    path("desk/questions/", topics.topics, name="questions"),
    path("desk/questions/gather", topics.gather, name="gather_questions"),
    path("desk/questions/needs", needs.needs, name="needs"),
    path("desk/questions/needs.csv", needs.as_csv, name="needs_csv"),
    path("desk/questions/faq/", faq.entries, name="faq"),
    path("desk/questions/faq/new", faq.new, name="faq_new"),
    path("desk/questions/faq/<uuid:entry_id>", faq.entry, name="faq_entry"),
    path("desk/questions/faq/<uuid:entry_id>/publish", faq.publish, name="publish_faq"),
    path("desk/questions/faq/<uuid:entry_id>/end", faq.end, name="end_faq"),
    path("desk/questions/<uuid:topic_id>", topics.topic, name="topic"),
    path("desk/questions/<uuid:topic_id>/settle", topics.settle, name="settle_topic"),
    path("desk/questions/<uuid:topic_id>/hand", topics.hand, name="hand_topic"),
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
