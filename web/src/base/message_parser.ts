/* Reads our messages as FormatJS does, in the part of its grammar that they use: {name}, {n, number}, {n, plural, one {…} other {…}},
   {what, select, …}, # and <tags>. It stands in for the library's own parser (vite.config.ts), which brings tables of date patterns of 12 kB that no
   message asks for. A test holds the two to the same result for every message there is. */

import { TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser/no-parser.js";

export * from "@formatjs/icu-messageformat-parser/no-parser.js";

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  private fail(wanted: string): never {
    throw new SyntaxError(`Expected ${wanted} at ${this.at} of the message: ${this.text}`);
  }
  private take(pattern: RegExp, wanted: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) this.fail(wanted);
    this.at += found[0].length;
    return found[0];
  }
  private word = (): string => (this.take(/\s*/y, ""), this.take(/[\w=]+/y, "a name"));
  private sign = (sign: string): string => (this.take(/\s*/y, ""), this.text.startsWith(sign, this.at) ? ((this.at += sign.length), sign) : this.fail(sign));

  /** Up to the end, or to the sign that closes what it stands in. */
  elements(in_plural = false): MessageFormatElement[] {
    const all: MessageFormatElement[] = [];
    while (this.at < this.text.length && this.text[this.at] !== "}" && !this.text.startsWith("</", this.at)) {
      if (this.text[this.at] === "{") all.push(this.argument(in_plural));
      else if (in_plural && this.text[this.at] === "#") all.push((this.at++, { type: TYPE.pound } as MessageFormatElement));
      else if (/^<[a-z]/.test(this.text.slice(this.at, this.at + 2))) all.push(this.tag(in_plural));
      else all.push({ type: TYPE.literal, value: this.take(in_plural ? /(?:[^{}<#]|<(?![a-z/]))+/y : /(?:[^{}<]|<(?![a-z/]))+/y, "words") } as MessageFormatElement);
    }
    return all;
  }

  private tag(in_plural: boolean): MessageFormatElement {
    const name = (this.sign("<"), this.word());
    this.sign(">");
    const children = this.elements(in_plural);
    this.sign(`</${name}>`);
    return { type: TYPE.tag, value: name, children } as MessageFormatElement;
  }

  private argument(in_plural: boolean): MessageFormatElement {
    const name = (this.sign("{"), this.word());
    this.take(/\s*/y, "");
    if (this.text[this.at] === "}") return (this.at++, { type: TYPE.argument, value: name } as MessageFormatElement);
    this.sign(",");
    const kind = this.word();
    if (kind === "number") return (this.sign("}"), { type: TYPE.number, value: name, style: null } as MessageFormatElement);
    if (kind !== "plural" && kind !== "select") this.fail("plural, select or number");
    this.sign(",");
    const options: Record<string, { value: MessageFormatElement[] }> = {};
    for (this.take(/\s*/y, ""); this.text[this.at] !== "}"; this.take(/\s*/y, "")) {
      const form = this.word();
      this.sign("{");
      options[form] = { value: this.elements(in_plural || kind === "plural") };
      this.sign("}");
    }
    this.sign("}");
    if (!options.other) this.fail("the form other");
    if (kind === "select") return { type: TYPE.select, value: name, options } as MessageFormatElement;
    return { type: TYPE.plural, value: name, options, offset: 0, pluralType: "cardinal" } as MessageFormatElement;
  }

  all(): MessageFormatElement[] {
    const all = this.elements();
    return this.at < this.text.length ? this.fail("the end") : all;
  }
}

export const parse = (text: string): MessageFormatElement[] => new Reader(text).all();
