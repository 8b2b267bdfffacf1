import {
  add,
  allClose,
  any,
  atan2,
  bitwiseAnd,
  bitwiseOr,
  bitwiseXor,
  broadcastTo,
  constant,
  divide,
  divideNoNan,
  equal,
  floorDivide,
  fmax,
  fmin,
  fmod,
  fullLike,
  gcd,
  greater,
  greaterEqual,
  heaviside,
  hypot,
  input,
  isClose,
  lcm,
  leftShift,
  less,
  lessEqual,
  logAddExp,
  logAddExp2,
  logicalAnd,
  logicalOr,
  logicalXor,
  maximum,
  minimum,
  mod,
  multiply,
  notEqual,
  pow,
  rightShift,
  select,
  sigmoidCrossEntropyWithLogits,
  square,
  squaredDifference,
  subtract,
} from "shapewright";

// Rejected programs of elementwise functions, as in rejected.ts: each function with each of its messages that no other file has.

export const each = {
  "add: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    add(input([], "int32"), 0.5),
  "add: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    add(input([], "int32"), 3e9),
  "add: takes int32 (-2147483648 to 2147483647), but the value is 1.5e+21": () =>
    // @ts-expect-error
    add(input([], "int32"), 1.5e21),
  "constant: takes int32 (-2147483648 to 2147483647), but the value is 2147483648": () =>
    // @ts-expect-error
    constant(2147483648, "int32"),
  "constant: takes int32 (-2147483648 to 2147483647), but the value is 1.05e+21": () =>
    // @ts-expect-error
    constant(1.05e21, "int32"),
  "constant: takes uint8 (0 to 255), but the value is 256": () =>
    // @ts-expect-error
    constant(256, "uint8"),
  "fullLike: takes bool (true or false), but the value is 2": () =>
    // @ts-expect-error
    fullLike(input([2], "bool"), 2),
  "select: takes uint8 (0 to 255), but the value is -1": () =>
    // @ts-expect-error
    select(input([2], "bool"), input([2], "uint8"), -1),
  "constant: takes bool, but the value is 0.5": () =>
    // @ts-expect-error
    constant(0.5, "bool"),
  "constant: takes int32, but the value is 2.7": () =>
    // @ts-expect-error
    constant(2.7, "int32"),
  "allClose: dtypes float32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    allClose(input([]), input([], "uint8")),
  "allClose: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    allClose(1, 0),
  "allClose: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    allClose(2, input([], "bool")),
  "allClose: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    allClose(input([6, 2], "int32"), 0.5),
  "allClose: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    allClose(input([6, 2], "int32"), 3e9),
  "any: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    any(input([2, 3], "bool"), 1),
  "any: axis -1 of [n] is given twice": () =>
    // @ts-expect-error
    any(input(["n"], "bool"), { axis: [-1, -1] }),
  "any: axis 5 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    any(input([], "bool"), { axis: 5 }),
  "atan2: [8] and [3] do not broadcast: axis 0 is 8 and 3": () =>
    // @ts-expect-error
    atan2(input([8]), input([3])),
  "atan2: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    atan2(input([]), input([], "bool")),
  "atan2: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    atan2(1, 2),
  "atan2: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    atan2(0.5, input([], "int32")),
  "atan2: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    atan2(3e9, input([], "int32")),
  "bitwiseAnd: [3, 6, 3, 1, 2, 2] and [3, 1, 8, 2] do not broadcast: axis 4 is 2 and 8": () =>
    // @ts-expect-error
    bitwiseAnd(input([3, 6, 3, 1, 2, 2], "int32"), input([3, 1, 8, 2], "int32")),
  "bitwiseAnd: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    bitwiseAnd(input([], "int32"), input([])),
  "bitwiseAnd: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    bitwiseAnd(1, 2),
  "bitwiseOr: [m, n] and [n, n] do not broadcast: axis 0 is m and n": () =>
    // @ts-expect-error
    bitwiseOr(input(["m", "n"], "int32"), input(["n", "n"], "int32")),
  "bitwiseOr: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    bitwiseOr(input([], "int32"), input([])),
  "bitwiseOr: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    bitwiseOr(1, 2),
  "bitwiseOr: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    bitwiseOr(0.5, input([], "int32")),
  "bitwiseOr: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    bitwiseOr(3e9, input([], "int32")),
  "bitwiseXor: dtypes int32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    bitwiseXor(input([], "int32"), input([], "uint8")),
  "bitwiseXor: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    bitwiseXor(1, 2),
  "bitwiseXor: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    bitwiseXor(input([], "int32"), 0.5),
  "bitwiseXor: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    bitwiseXor(input([], "int32"), 3e9),
  "bitwiseXor: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    bitwiseXor(input([]), input([])),
  "divide: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    divide(input([]), input([], "bool")),
  "divide: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    divide(1, 2),
  "divide: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    divide(0.5, input([], "int32")),
  "divide: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    divide(3e9, input([], "int32")),
  "divideNoNan: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    divideNoNan(input([]), input([], "int32")),
  "divideNoNan: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    divideNoNan(1, 0),
  "divideNoNan: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    divideNoNan(2, input([], "bool")),
  "divideNoNan: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    divideNoNan(input([8, 6, 4], "int32"), 0.5),
  "divideNoNan: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    divideNoNan(input([8, 6, 4], "int32"), 3e9),
  "equal: [n] and [6] do not broadcast: axis 0 is n and 6": () =>
    // @ts-expect-error
    equal(input(["n"]), input([6])),
  "equal: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    equal(1, 0),
  "equal: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    equal(input([], "bool"), 2),
  "equal: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    equal(input([4], "int32"), 0.5),
  "equal: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    equal(input([4], "int32"), 3e9),
  "floorDivide: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    floorDivide(1, 2),
  "floorDivide: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    floorDivide(input([], "bool"), input([], "bool")),
  "fmax: [3, 8] and [2] do not broadcast: axis 1 is 8 and 2": () =>
    // @ts-expect-error
    fmax(input([3, 8]), input([2])),
  "fmax: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    fmax(input([]), input([], "bool")),
  "fmax: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    fmax(input([], "bool"), 2),
  "fmax: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    fmax(input([], "int32"), 0.5),
  "fmax: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    fmax(input([], "int32"), 3e9),
  "fmin: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    fmin(input([]), input([], "bool")),
  "fmin: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    fmin(1, 0),
  "fmin: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    fmin(input([], "bool"), 0),
  "fmin: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    fmin(input([1, 3, 2], "int32"), 0.5),
  "fmin: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    fmin(input([1, 3, 2], "int32"), 3e9),
  "fmod: [8, 3, n] and [8, 1, 8] do not broadcast: axis 2 is n and 8": () =>
    // @ts-expect-error
    fmod(input([8, 3, "n"]), input([8, 1, 8])),
  "fmod: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    fmod(1, 2),
  "fmod: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    fmod(input([1], "bool"), input([1, 2, 2])),
  "greater: dtypes float32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    greater(input([]), input([], "uint8")),
  "greater: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    greater(1, 0),
  "greater: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    greater(2, input([], "bool")),
  "greaterEqual: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    greaterEqual(input([]), input([4], "int32")),
  "greaterEqual: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    greaterEqual(1, 2),
  "greaterEqual: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    greaterEqual(input([], "bool"), 2),
  "greaterEqual: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    greaterEqual(input([4], "int32"), 0.5),
  "greaterEqual: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    greaterEqual(input([4], "int32"), 3e9),
  "heaviside: [3] and [m] do not broadcast: axis 0 is 3 and m": () =>
    // @ts-expect-error
    heaviside(input([3], "int32"), input(["m"], "int32")),
  "heaviside: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    heaviside(input([], "int32"), input([])),
  "heaviside: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    heaviside(1, 0),
  "heaviside: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    heaviside(input([], "int32"), 0.5),
  "heaviside: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    heaviside(input([], "int32"), 3e9),
  "hypot: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    hypot(input([]), input([], "bool")),
  "hypot: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    hypot(1, 2),
  "hypot: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    hypot(input([], "bool"), 0),
  "hypot: takes int32, but the value is 2.5": () =>
    // @ts-expect-error
    hypot(2.5, input([], "int32")),
  "hypot: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    hypot(3e9, input([], "int32")),
  "isClose: [3, 3] and [n] do not broadcast: axis 1 is 3 and n": () =>
    // @ts-expect-error
    isClose(input([3, 3]), input(["n"])),
  "isClose: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    isClose(input([]), input([], "bool")),
  "isClose: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    isClose(1, 2),
  "isClose: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    isClose(input([], "int32"), 0.5),
  "isClose: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    isClose(input([], "int32"), 3e9),
  "leftShift: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    leftShift(input([3], "int32"), input([3])),
  "leftShift: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    leftShift(1, 0),
  "leftShift: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    leftShift(0.5, input([], "int32")),
  "leftShift: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    leftShift(3e9, input([], "int32")),
  "leftShift: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    leftShift(0.5, input([])),
  "less: [n, n, 2, 3] and [n*2, n, 2, 3] do not broadcast: axis 0 is n and n*2": () =>
    // @ts-expect-error
    less(input(["n", "n", 2, 3]), broadcastTo(constant(0), ["n*2", "n", 2, 3])),
  "less: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    less(input([2, 6]), input([], "bool")),
  "less: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    less(input(["n"], "int32"), 0.5),
  "less: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    less(input(["n"], "int32"), 3e9),
  "lessEqual: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    lessEqual(input([]), input([], "int32")),
  "lessEqual: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    lessEqual(1, 0),
  "lessEqual: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    lessEqual(input([3], "bool"), -1),
  "lessEqual: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    lessEqual(input([4], "int32"), 0.5),
  "lessEqual: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    lessEqual(input([4], "int32"), 3e9),
  "logAddExp: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    logAddExp(input([]), input([], "bool")),
  "logAddExp: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    logAddExp(1, 2),
  "logAddExp: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    logAddExp(0, input([], "bool")),
  "logAddExp: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    logAddExp(input([6, "m"], "int32"), 0.5),
  "logAddExp: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    logAddExp(input([6, "m"], "int32"), 3e9),
  "logAddExp2: [2] and [8] do not broadcast: axis 0 is 2 and 8": () =>
    // @ts-expect-error
    logAddExp2(input([2]), input([8])),
  "logAddExp2: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    logAddExp2(input([]), input([], "bool")),
  "logAddExp2: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    logAddExp2(1, 2),
  "logAddExp2: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    logAddExp2(0.5, input([], "int32")),
  "logAddExp2: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    logAddExp2(3e9, input([], "int32")),
  "logicalAnd: [n] and [3] do not broadcast: axis 0 is n and 3": () =>
    // @ts-expect-error
    logicalAnd(input(["n"], "bool"), input([3], "bool")),
  "logicalAnd: dtypes bool and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    logicalAnd(input([2], "bool"), input([1])),
  "logicalOr: [6, n] and [4, n] do not broadcast: axis 0 is 6 and 4": () =>
    // @ts-expect-error
    logicalOr(input([6, "n"], "bool"), input([4, "n"], "bool")),
  "logicalOr: takes bool, got float32; use cast() first": () =>
    // @ts-expect-error
    logicalOr(input([]), input([], "uint8")),
  "logicalXor: dtypes bool and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    logicalXor(input([], "bool"), input([])),
  "logicalXor: takes bool, got float32; use cast() first": () =>
    // @ts-expect-error
    logicalXor(input([]), input([], "bool")),
  "maximum: dtypes int32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    maximum(input([], "int32"), input([], "bool")),
  "maximum: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    maximum(1, 0),
  "maximum: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    maximum(input([], "int32"), 0.5),
  "maximum: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    maximum(input([], "int32"), 3e9),
  "minimum: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    minimum(input([]), input([], "bool")),
  "minimum: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    minimum(1, 2),
  "minimum: takes float32 or int32, got uint8; use cast() first": () =>
    // @ts-expect-error
    minimum(input([], "uint8"), 0),
  "minimum: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    minimum(0.5, input([], "int32")),
  "minimum: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    minimum(3e9, input([], "int32")),
  "mod: [8, n, 3, 1] and [8, 2, 3, 1] do not broadcast: axis 1 is n and 2": () =>
    // @ts-expect-error
    mod(input([8, "n", 3, 1]), input([8, 2, 3, 1])),
  "mod: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    mod(input([]), input([], "bool")),
  "mod: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    mod(0.5, input([], "int32")),
  "mod: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    mod(3e9, input([], "int32")),
  "multiply: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    multiply(1, 0),
  "multiply: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    multiply(input([], "bool"), 2),
  "notEqual: dtypes float32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    notEqual(input([3]), input([], "uint8")),
  "notEqual: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    notEqual(1, 2),
  "notEqual: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    notEqual(2, input([], "bool")),
  "notEqual: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    notEqual(0.5, input([], "int32")),
  "notEqual: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    notEqual(3e9, input([], "int32")),
  "pow: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    pow(input([]), input([], "bool")),
  "pow: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    pow(1, 0),
  "pow: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    pow(input([], "bool"), 0),
  "pow: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    pow(0.5, input([], "int32")),
  "pow: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    pow(3e9, input([], "int32")),
  "rightShift: [8, 3] and [4, 1] do not broadcast: axis 0 is 8 and 4": () =>
    // @ts-expect-error
    rightShift(input([8, 3], "int32"), input([4, 1], "int32")),
  "rightShift: dtypes int32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    rightShift(input([], "int32"), input([], "uint8")),
  "rightShift: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    rightShift(1, 0),
  "rightShift: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    rightShift(0.5, input([], "int32")),
  "rightShift: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    rightShift(3e9, input([], "int32")),
  "sigmoidCrossEntropyWithLogits: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    sigmoidCrossEntropyWithLogits(input([], "bool"), input([])),
  "square: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    square(input([], "bool")),
  "squaredDifference: [2, 2] and [m, n] do not broadcast: axis 1 is 2 and n": () =>
    // @ts-expect-error
    squaredDifference(input([2, 2]), input(["m", "n"])),
  "squaredDifference: dtypes float32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    squaredDifference(input([1, "m"]), input([1, "m"], "uint8")),
  "squaredDifference: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    squaredDifference(1, 0),
  "squaredDifference: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    squaredDifference(0.5, input([], "int32")),
  "squaredDifference: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    squaredDifference(3e9, input([], "int32")),
  "subtract: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    subtract(input([]), input([], "int32")),
  "subtract: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    subtract(1, 0),
  "subtract: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    subtract(0, input([], "bool")),
  "gcd: dtypes int32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    gcd(input([], "int32"), input([], "uint8")),
  "gcd: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    gcd(2, 3),
  "gcd: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    gcd(input([], "int32"), 0.5),
  "gcd: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    gcd(input([], "int32"), 3e9),
  "gcd: [2] and [3] do not broadcast: axis 0 is 2 and 3": () =>
    // @ts-expect-error
    gcd(input([2], "int32"), input([3], "int32")),
  "lcm: dtypes int32 and uint8 differ; use cast() on one of them": () =>
    // @ts-expect-error
    lcm(input([], "int32"), input([], "uint8")),
  "lcm: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    lcm(2, 3),
  "lcm: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    lcm(input([], "int32"), 0.5),
  "lcm: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    lcm(input([], "int32"), 3e9),
  "lcm: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    lcm(input([]), input([])),
};
