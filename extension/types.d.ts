// For tsc only (npm run types): the shapes of CONTRACT.md that the extension reads, and its own.
interface Selector { type: string; start?: number; end?: number; exact?: string; prefix?: string; suffix?: string }
interface Target { selector: Selector[] }
interface Words { text: string; parts: { text: string; target: Target | null }[] }
interface Reason { mark: string; code: string; text: string; confidence: number; evidence: { text: string; sentence: number; target: Target | null } }
/** A highlight of the answer; Highlight without the underscore is the browser's own class. */
interface Highlight_ { id: string; sentence: number; marks: string[]; reasons: Reason[]; attributions: string[]; confidence: number; text: string; target: Target | null }
interface Source {
    id: string; name: string; kind: string; mentions: string[]; via: string[][]; count?: string; position?: string | null; basis?: string | null;
    description?: number; anonymity_reason?: string | null; reason_boilerplate?: boolean; corroborated_by?: string[];
}
interface Attribution {
    id: string; sentence: number; sentences: number[]; source: string | null; sources: string[]; via: string[][];
    cue: Words | null; mention: Words | null; content: Words | null; quote: string; confidence: number;
}
interface Answer {
    version: string; engine: { version: string; model: string | null; lexicon: string | null }; url: string | null;
    article: { title: string | null; byline: string | null; publisher: string | null; date: string | null; language: string | null; text: string; words: number };
    sentences: { start: number; end: number; at: { start: number; end: number } | null }[];
    sources: Source[]; attributions: Attribution[]; highlights: Highlight_[]; summary: any; warnings: { code: string; sentence?: number; detail: string }[];
}
interface Problem { type: string; title: string; status: number; detail: string; code: string; [field: string]: unknown }
interface Outcome { state: "on" | "off" | "error"; placed: number; unplaced: number; error: Problem | null }

/** What the reader wants to see of an answer, by highlight id: which of its marks, and whether they are painted strongly. */
interface View { shown: Record<string, { marks: string[]; strong: boolean }>; textSize: number }
/** A highlight with its place on the page. texts, span: what each range, and all together, held when it was placed. */
interface Item { highlight: Highlight_; marks: string[]; strong: boolean; ranges: Range[]; texts: string[]; span: string; state: "placed" | "unplaced" | "gone" }
interface Reading_ { answer: Answer; view: View; items: Item[] }
/** done: what the button says for a moment where run answers true. */
interface CardAction { id: string; label: string; done?: string; run: () => unknown }
/** From a page to the background and to the overview. */
type Message =
    | { kind: "changed" } | { kind: "moved" } | { kind: "again" } | { kind: "panel" }
    | { kind: "count"; placed: number; unplaced: number; visible: number }
    | { kind: "feedback"; verdict: "muted" | "wrong"; highlight: Highlight_; marks: string[]; engine: Answer["engine"]; url: string | null };
interface Painted { marks: string[]; strong: boolean; ranges: Range[] }

declare var provenance: any;
