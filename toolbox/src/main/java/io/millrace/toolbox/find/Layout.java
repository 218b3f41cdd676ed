package io.millrace.toolbox.find;

/** How payloads lie in the bucket, OBJECT_LAYOUT of the worker; as typed on the command line. */
enum Layout {
  rolled,
  payload
}
