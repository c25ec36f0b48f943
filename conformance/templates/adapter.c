/*
 * An adapter for Touchstone: it answers every line of JSON with one. Compiles as C and as C++:
 *
 *     cc adapter.c -lm -o adapter
 *
 * To offer your own operators, put them into OPERATORS and compute them with the code to be judged.
 * Standard output is for answers alone; whatever else there is to say goes to standard error.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double sigmoid(double x) {
  double e = exp(-fabs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

static double sigmoid_slope(double x) {
  double e = exp(-fabs(x));
  return e / ((1 + e) * (1 + e));
}

/* Each with its derivative: a number in, a number out, in double precision. */
static const struct {
  const char *name;
  double (*f)(double);
  double (*slope)(double);
} OPERATORS[] = {{"\"sigmoid\"", sigmoid, sigmoid_slope}};

static const char HELLO[] =
    "{\"protocol\":1,\"impl\":{\"name\":\"my-adapter\",\"version\":\"0.1\",\"language\":\"C\"},"
    "\"encodings\":[\"jsonl\"],\"dtypes\":[\"f32\"],\"dialect\":\"spec\","
    "\"policy\":{\"ftz\":\"none\",\"signed_zero\":\"strict\",\"deterministic\":true},"
    "\"ops\":{\"sigmoid\":{\"grad\":[\"input\"]}}}";

/* JSON. A value is the text from its first letter on. Nothing is copied. */

static const char *space(const char *p) { return p + strspn(p, " \t\r\n"); }

/* Behind the value that begins at p. */
static const char *behind(const char *p) {
  int depth = 0;
  do {
    if (depth > 0) p += strspn(p, " \t\r\n,:");
    if (*p == '"') {
      for (p++; *p && *p != '"'; p++) p += *p == '\\' && p[1];
      p += *p == '"';
    } else if (*p == '{' || *p == '[') {
      depth++, p++;
    } else if (*p == '}' || *p == ']') {
      depth--, p++;
    } else {
      p += strcspn(p, " \t\r\n,:\"{}[]");
    }
  } while (*p && depth > 0);
  return p;
}

/* The next element of an array or member of an object, where p is behind one or at the bracket. */
static const char *next(const char *p) {
  p = space(p);
  return *p && *p != ']' && *p != '}' ? space(p + 1) : p;
}

/* A member of an object by its name in quotes; an empty text where it has none. */
static const char *member(const char *object, const char *quoted) {
  const char *p = *object == '{' ? next(object) : "";
  while (*p == '"') {
    const char *value = next(behind(p));
    if (!strncmp(p, quoted, strlen(quoted))) return value;
    p = next(behind(value));
  }
  return "";
}

static int is(const char *value, const char *text) { return !strncmp(value, text, strlen(text)); }

/* A value for printf's %.*s. */
#define TEXT(value) (int)(behind(value) - (value)), (value)

/* Base64 of float32, little-endian. */

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The numbers of a tensor, and how many; NULL for another dtype, or where shape and numbers differ. */
static float *decode(const char *tensor, size_t *count) {
  const char *p = member(tensor, "\"b64\""), *digit;
  float *numbers = (float *)malloc(strlen(p) + 4);
  uint32_t bits = 0, element = 0;
  size_t due = 1, bytes = 0;
  int spare = 0;
  for (p += *p == '"'; *p && (digit = strchr(DIGITS, *p)); p++) {
    bits = bits << 6 | (uint32_t)(digit - DIGITS), spare += 6;
    if (spare < 8) continue;
    element = element >> 8 | (bits >> (spare -= 8) & 0xff) << 24;
    if (++bytes % 4 == 0) memcpy(&numbers[bytes / 4 - 1], &element, 4);
  }
  for (p = next(member(tensor, "\"shape\"")); *p && *p != ']'; p = next(behind(p)))
    due *= strtoul(p, NULL, 10);
  if (is(member(tensor, "\"dtype\""), "\"f32\"") && bytes == 4 * due) return *count = due, numbers;
  free(numbers);
  return NULL;
}

static void encode(const char *name, const char *shape, const float *numbers, size_t count) {
  uint32_t bits = 0, element = 0;
  int spare = 0;
  printf(",%.*s:{\"dtype\":\"f32\",\"shape\":%.*s,\"b64\":\"", TEXT(name), TEXT(shape));
  for (size_t i = 0; i < 4 * count; i++, element >>= 8) {
    if (i % 4 == 0) memcpy(&element, &numbers[i / 4], 4);
    bits = bits << 8 | (element & 0xff), spare += 8;
    while (spare >= 6) putchar(DIGITS[bits >> (spare -= 6) & 63]);
  }
  if (spare) putchar(DIGITS[bits << (6 - spare) & 63]);
  printf("%s\"}", spare == 2 ? "==" : spare == 4 ? "=" : "");
}

/* Answers. What is not legal is an error of kind invalid_input, never a number. */

static void refuse(const char *kind, const char *message) {
  printf(",\"error\":{\"kind\":\"%s\",\"message\":\"%s\"}", kind, message);
}

static void run(const char *message) {
  const char *op = member(message, "\"op\""), *inputs = member(message, "\"in\"");
  const char *want = member(message, "\"want\""), *input = member(inputs, "\"input\"");
  const char *cotangent = member(message, "\"grad_out\"");
  size_t count = 0, same = 0, known = sizeof OPERATORS / sizeof *OPERATORS, i = 0;
  while (i < known && !is(op, OPERATORS[i].name)) i++;
  if (i == known) return refuse("unsupported", "there is no such operator");
  if (*next(member(message, "\"params\"")) == '"')
    return refuse("invalid_input", "there are no parameters");
  if (!*want) want = "[\"out\"]";
  for (const char *p = next(want); *p == '"'; p = next(behind(p)))
    if (!is(p, "\"out\"") && !is(p, "\"grad:input\""))
      return refuse("unsupported", "want out or grad:input");
  float *x = decode(input, &count), *u = *cotangent == '{' ? decode(cotangent, &same) : NULL;
  if (!x || *next(behind(input)) == '"')
    return refuse("invalid_input", "there should be one input, of f32");
  if (*cotangent == '{' && same != count) return refuse("invalid_input", "grad_out does not fit");
  float *y = (float *)malloc(4 * count + 4);
  for (const char *p = next(want); *p == '"'; p = next(behind(p))) {
    for (size_t k = 0; k < count; k++)
      y[k] = (float)(is(p, "\"out\"") ? OPERATORS[i].f(x[k])
                                     : (u ? u[k] : 1) * OPERATORS[i].slope(x[k]));
    encode(p, member(input, "\"shape\""), y, count);
  }
  free(x), free(u), free(y);
}

/* The next line of standard input, however long it is; NULL at its end. */
static char *line(void) {
  static char *text = NULL;
  static size_t room = 0;
  size_t length = 0;
  do {
    if (room < length + 2) text = (char *)realloc(text, room = 2 * room + 65536);
    if (!fgets(text + length, (int)(room - length), stdin)) return length ? text : NULL;
    length += strlen(text + length);
  } while (text[length - 1] != '\n');
  return text;
}

int main(void) {
  for (char *text; (text = line());) {
    const char *message = space(text), *cmd = member(message, "\"cmd\"");
    const char *id = member(message, "\"id\"");
    if (is(cmd, "\"bye\"")) break;
    if (is(cmd, "\"hello\"")) {
      printf("%s\n", HELLO);
    } else if (is(cmd, "\"ping\"")) {
      printf("{\"pong\":true}\n");
    } else {
      if (*id) printf("{\"id\":%.*s", TEXT(id));
      else printf("{\"id\":null");
      if (*cmd && !is(cmd, "\"run\"")) refuse("unsupported", "there is no such cmd");
      else run(message);
      printf("}\n");
    }
    fflush(stdout);
  }
  return 0;
}
