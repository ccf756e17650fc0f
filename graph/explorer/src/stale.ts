// The script of every page of the server but the explorer: it says when the page is older than the store.

import { watch } from "./staleness";

const notice = document.getElementById("stale");
if (notice?.dataset.state) watch(notice.dataset.state, () => (notice.hidden = false));
