// The one name that the scripts in this folder share. They are classic scripts, injected in the order of
// background/inject.js; a page of the server loads some of them by <script>.
// hasOwn, because on a page with <form id="provenance"> the bare name would answer with that form.
"use strict";
if (!Object.hasOwn(globalThis, "provenance")) {
    Object.defineProperty(globalThis, "provenance", { value: {} });
}
