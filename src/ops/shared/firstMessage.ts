import type { IsMessage } from "../../types/message.js";

/** The first of two checks that has a message: two messages on one parameter would be `never`, and say nothing. */
export type FirstMessage<A, B> = unknown extends A ? B : A;

/** The same for a layer's rule, settled for messages that name type parameters, too, so that `sequential` sees where it ends. */
export type FirstOfRule<A, B> = IsMessage<A> extends true ? A : FirstMessage<A, B>;
