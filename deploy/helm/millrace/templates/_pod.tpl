{{/* The pod of a tier; takes (dict "root" $ "tier" "web" or "worker"). */}}
{{- define "millrace.pod" -}}
{{- $values := index .root.Values .tier -}}
metadata:
  # No versions here: they would start the pods of both tiers anew when one of them is updated.
  labels:
    {{- include "millrace.selector" . | nindent 4 }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "millrace.serviceAccount" . }}
  automountServiceAccountToken: false
  # Variables such as MILLRACE_WEB_SERVICE_HOST would be refused: the tiers take them for misspelt settings.
  enableServiceLinks: false
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ include "millrace.graceSeconds" . }}
  securityContext:
    {{- toYaml .root.Values.podSecurityContext | nindent 4 }}
  containers:
    - name: {{ .tier }}
      {{- with $values.image }}
      image: {{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ required (printf "%s.image.tag is missing: the tag of the image that you built" $.tier) .tag }}{{ end }}
      imagePullPolicy: {{ .pullPolicy }}
      {{- end }}
      # The image's own, with javaOptions: in JAVA_TOOL_OPTIONS they would be the first line of the log, which is no JSON.
      command:
        {{- include "millrace.command" . | nindent 8 }}
      env:
        {{- include "millrace.env" . | trim | nindent 8 }}
      ports:
        {{- if eq .tier "web" }}
        - name: http
          containerPort: {{ include "millrace.text" $values.settings.PORT }}
        {{- end }}
        - name: admin
          containerPort: {{ include "millrace.text" $values.settings.ADMIN_PORT }}
      startupProbe:
        httpGet: {path: /health/live, port: admin}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 45
      readinessProbe:
        httpGet: {path: /health/ready, port: admin}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 2
      livenessProbe:
        httpGet: {path: /health/live, port: admin}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      {{- if and (eq .tier "web") $values.preStopSleepSeconds }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ include "millrace.text" $values.preStopSleepSeconds }}
      {{- end }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      {{- if $values.tmpSize }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ $values.tmpSize }}
      {{- end }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "millrace.selector" $ | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* The environment of a tier; takes the same. */}}
{{- define "millrace.env" -}}
{{- $values := index .root.Values .tier -}}
{{- $aws := .root.Values.aws -}}
{{- $env := dict "AWS_REGION" (required "aws.region is missing: the region of queue and bucket" $aws.region) -}}
{{- $_ := set $env "AWS_ENDPOINT_URL" $aws.endpoint -}}
{{- $_ := set $env "AWS_ENDPOINT_URL_SQS" $aws.sqsEndpoint -}}
{{- if eq .tier "worker" -}}
{{- $_ := set $env "AWS_ENDPOINT_URL_S3" $aws.s3Endpoint -}}
{{- $_ := required "worker.settings.BUCKET is missing: the bucket of the objects" $values.settings.BUCKET -}}
{{- else if eq (int64 $values.settings.PORT) (int64 $values.settings.ADMIN_PORT) -}}
{{- fail "web.settings: PORT and ADMIN_PORT must differ" -}}
{{- end -}}
{{- range $name, $value := merge (dict) $values.settings .root.Values.settings $env }}
{{- $text := include "millrace.text" $value }}
{{- if $text }}
- name: {{ $name }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}
{{- if eq $aws.credentials "secret" }}
{{- range list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ required "aws.secretName is missing, but aws.credentials is secret" $aws.secretName }}
      key: {{ . }}
{{- end }}
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What a tier's container runs; takes the same. The last of two options that contradict each other counts. */}}
{{- define "millrace.command" -}}
{{- $jar := eq .tier "web" | ternary "ingest-web" "upload-worker" -}}
{{- $command := list "java" (printf "-XX:SharedArchiveFile=/app/%s/class-data.jsa" $jar) "-Xlog:cds*=off" -}}
{{- $command = concat $command (list "-XX:MaxRAMPercentage=70" "-XX:+ExitOnOutOfMemoryError" "-XX:-UsePerfData") -}}
{{- $command = concat $command (list "-XX:G1PeriodicGCInterval=15000" "-XX:TrimNativeHeapInterval=60000") -}}
{{- $command = append $command (printf "-Djava.library.path=/app/%s/native" $jar) -}}
{{- $command = concat $command (splitList " " (index .root.Values .tier).javaOptions | compact) -}}
{{- concat $command (list "-jar" (printf "/app/%s/%s.jar" $jar $jar)) | toYaml -}}
{{- end -}}
