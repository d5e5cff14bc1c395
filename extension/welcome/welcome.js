// The first-run page: what this is, what it sends and where, and whether the server runs.
import { health } from "../background/ask.js";
import { server } from "../background/settings.js";
import { byId, t, translate } from "../shared/elements.js";
import { healthInWords } from "../shared/health.js";

async function check() {
    byId("state").textContent = t("checking");
    byId("state").textContent = healthInWords(await health(await server()));
}

translate();
byId("check").addEventListener("click", check);
byId("options").addEventListener("click", () => chrome.runtime.openOptionsPage());
check();
