// The script of every page of the server: it says when the page is older than the store, and names the marks of charts.

import { watch } from "./staleness";
import { addTips } from "./tips";

const notice = document.getElementById("stale");
if (notice?.dataset.state) watch(notice.dataset.state, () => (notice.hidden = false));
addTips();
