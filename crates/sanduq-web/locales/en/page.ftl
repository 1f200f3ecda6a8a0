# What stands on every page.

program = Sanduq
page-skip = Skip to the content
page-invented = Rehearsal: this nation is invented; nothing in it is real.
page-languages = Language
page-sections = Sections
page-path = You are here
page-snapshot = Snapshot { $what }
page-journal-size = { $count ->
       [one] { $shown } journal entry
      *[other] { $shown } journal entries
   }
page-computed = Every figure is computed from sheets and recorded acts; none is typed.
page-files = These figures as data:
pager-title = Pages
pager-before = Previous
pager-after = Next
role-registrar = Registrar
role-station-head = Head of station
role-clerk = Data-entry clerk
role-adjudicator = Adjudicator (executive)
role-supervisor = Adjudicator (supervision)
role-operations-officer = Operations officer
role-results-officer = Results officer
role-administrator = Administrator
role-auditor = Auditor
organ-executive = Executive
organ-supervision = Supervision
organ-judiciary = Judiciary
organ-technical = Technical
organ-audit = Audit
organ-external = External
