// Questions to the document that the page cannot answer in its place: with <img name="body"> or <input name="attributes">
// a page puts elements of its own where document.body or form.attributes are expected ("DOM clobbering"), in the world
// of content scripts too. So the methods are taken from the prototypes.
"use strict";
(() => {
    const getter = (/** @type {object} */ prototype, /** @type {string} */ name) =>
        /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);
    const body = getter(Document.prototype, "body");
    const root = getter(Document.prototype, "documentElement");
    const active = getter(Document.prototype, "activeElement");
    const { createElement, createElementNS, createTreeWalker } = Document.prototype;
    const { closest, getAttributeNames, removeAttribute } = Element.prototype;

    provenance.dom = {
        /** @returns {HTMLElement | null} */
        body: () => body.call(document),
        /** @returns {HTMLElement} */
        root: () => root.call(document),
        /** @returns {Element | null} */
        active: () => active.call(document),
        /** @returns {HTMLElement} */
        create: (/** @type {string} */ name) => createElement.call(document, name),
        createSvg: (/** @type {string} */ name) =>
            /** @type {SVGElement} */ (createElementNS.call(document, "http://www.w3.org/2000/svg", name)),
        /** @returns {TreeWalker} */
        walker: (/** @type {Node} */ from, /** @type {number} */ show) => createTreeWalker.call(document, from, show),
        /** @returns {Element | null} */
        closest: (/** @type {Element | null} */ element, /** @type {string} */ selector) =>
            element && closest.call(element, selector),
        /** @returns {string[]} */
        attributeNames: (/** @type {Element} */ element) => getAttributeNames.call(element),
        removeAttribute: (/** @type {Element} */ element, /** @type {string} */ name) => removeAttribute.call(element, name),
    };
})();
