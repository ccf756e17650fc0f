"""Two mandates of one mission and a sanctions regime, written by us: what people ask of such documents has one right answer here."""

from __future__ import annotations

MISSION_AND_SANCTIONS = {
    ("9960", "2029", "1 March"): "Recalling its earlier work on South Sudan,\n\n"
    "1. Decides to extend the mandate of UNMISS until 28 February 2030;\n\n"
    "2. Decides that the mandate of UNMISS shall include the following tasks:\n\n"
    "(a) To protect civilians around the wells of the northern villages;\n\n(b) To repair the roads to the mills;\n\n"
    "3. Authorizes UNMISS to use all necessary means to carry out its tasks;\n\n"
    "4. Authorizes Member States, until 30 June 2029, to use all necessary means at the bridges;\n\n"
    "5. Requests the Secretary-General to report to the Security Council on the work of UNMISS by 1 September 2029;\n",
    ("9961", "2030", "1 February"): "Recalling its resolution 9960 (2029) on South Sudan,\n\n"
    "1. Decides to extend the mandate of UNMISS until 28 February 2031;\n\n"
    "2. Decides that the mandate of UNMISS shall include the following tasks:\n\n"
    "(a) To protect civilians around the wells of the northern villages and along the river, by day and by night;\n\n(b) To repair the roads to the mills;\n\n"
    "3. Authorizes UNMISS to use all necessary means to carry out its tasks;\n\n"
    "4. Requests the Secretary-General to report to the Security Council on the work of UNMISS by 1 October 2030;\n",
    ("9962", "2029", "1 April"): "Concerned at the state of South Sudan,\n\n"
    "1. Decides that all Member States shall freeze the funds of persons who poison wells, as designated by the Committee;\n\n"
    "2. Decides that the measures imposed by paragraph 1 above shall not apply to funds for:\n\n(a) Food;\n\n(b) The repair of wells;\n\n"
    "3. Calls upon Member States to report to the Committee within 60 days on the steps taken to implement paragraph 1 above;\n",
    ("9963", "2030", "1 April"): "Recalling its resolution 9962 (2029) on South Sudan,\n\n"
    "1. Decides to renew until 1 May 2031 the measures imposed by paragraph 1 of resolution 9962 (2029);\n\n"
    "2. Urges Member States to inspect, under resolution 9962 (2029), the boats on the river;\n",
}
