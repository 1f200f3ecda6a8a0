# Pages that say no.

refusal-title-not-found = Page not found
refusal-title-refused = Request refused
refusal-title-failed = The page cannot be shown
refusal-next-not-found = Check the address, or start from the page of the nation.
refusal-next-refused = If this is yours to do, log in with your service number.
refusal-next-failed = Try again in a moment. Nothing that was recorded is lost.
refusal-home = The page of the nation
refusal-web-not-found = There is no page at this address.
refusal-web-no-event = No election has been called yet.
refusal-web-not-logged-in = This page is for staff who have logged in.
refusal-web-not-permitted = Your role does not allow this page.
refusal-web-other-origin = The request came from a page that is not of this site.
refusal-web-bad-form = The form that was sent is incomplete.
refusal-web-fault = The store does not answer.
