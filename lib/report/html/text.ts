import type { Text } from "../../responses/language.ts";
import { texts } from "../../words/catalogue.ts";
import { ownText } from "../../words/message.ts";

/** The words of the page around the notebooks. */
export const TEXT = texts("page");

/** Each language's name for itself, and the words of a link to it. */
export const LANGUAGE_LINK: Text = ownText("page.read_in");
