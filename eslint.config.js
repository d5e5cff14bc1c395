// What eslint checks: mistakes, and what browsers' stores refuse (markup from strings, code from strings).
const globals = require("globals");

const rules = {
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
    "no-undef": "error",
    "no-implied-eval": "error",
    "no-eval": "error",
    "no-new-func": "error",
    "no-var": "error",
    "prefer-const": "error",
    eqeqeq: "error",
    "no-shadow": ["error", { builtinGlobals: false }],
    "no-restricted-properties": ["error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"].map((property) => ({ property, message: "Strings are set as text." })),
        { object: "document", property: "write", message: "Strings are set as text." }],
};

module.exports = [
    { ignores: ["**/*.d.ts"] },
    { files: ["extension/**/*.js"], languageOptions: { ecmaVersion: 2025, sourceType: "module", globals: { ...globals.browser, chrome: "readonly" } }, rules },
    { files: ["extension/page/*.js"], languageOptions: { sourceType: "script", globals: { provenance: "readonly" } } },
];
