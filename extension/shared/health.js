// What the server says of itself, in words.
import { t } from "./elements.js";

/** @param {{state: string, version?: string}} found */
export function healthInWords({ state, version }) {
    if (state !== "ready") return `${t(`problem_${state}`)} ${t(`problem_${state}_detail`)}`;
    return version && /^\d+(\.\d+)+/.test(version) ? t("serverReady", version) : t("serverReadyUnknown", version ?? "–");
}
