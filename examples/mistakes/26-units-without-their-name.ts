// The number of units stands by itself, as it may in Python: Dense(6).
// Reported as https://github.com/keras-team/keras/issues/10395.
import { dense, input, model } from "shapewright";

export const classifier = model({ customer: input(["batch", 11]) }, ({ customer }) => dense(customer, 6));
