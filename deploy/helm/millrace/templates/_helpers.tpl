{{- define "millrace.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- .Values.fullnameOverride | default $full | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* What belongs to both tiers; these take the root. */}}
{{- define "millrace.bothSelector" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "millrace.bothLabels" -}}
{{ include "millrace.bothSelector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* The templates below take (dict "root" $ "tier" "web" or "worker"). */}}

{{- define "millrace.name" -}}
{{ include "millrace.fullname" .root }}-{{ .tier }}
{{- end -}}

{{- define "millrace.selector" -}}
{{ include "millrace.bothSelector" .root }}
app.kubernetes.io/component: {{ .tier }}
{{- end -}}

{{- define "millrace.labels" -}}
{{ include "millrace.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- define "millrace.serviceAccount" -}}
{{ (index .root.Values .tier).serviceAccount.name | default (include "millrace.name" .) }}
{{- end -}}

{{/* A value as text: Helm reads whole numbers as floats, which would become 1.6777216e+07. */}}
{{- define "millrace.text" -}}
{{- if kindIs "float64" . | and (eq (toString (floor .)) (toString .)) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/*
How long a tier may take to stop, after ARCHITECTURE.md's "Shutdown", in seconds rounded up, and 5 s for the JVM.
*/}}
{{- define "millrace.graceSeconds" -}}
{{- $values := index .root.Values .tier -}}
{{- $settings := $values.settings -}}
{{- if eq .tier "web" -}}
{{- $drainMs := add (int64 $settings.DRAIN_DELAY_MS) (mul 2 (int64 $settings.ACK_TIMEOUT_MS)) -}}
{{- add (int64 $values.preStopSleepSeconds) (div (add $drainMs 999) 1000) 5 5 -}}
{{- else -}}
{{- add (div (add (int64 $settings.PUT_TIMEOUT_MS) 999) 1000) 15 5 -}}
{{- end -}}
{{- end -}}

{{/* The endpoints that a tier calls, as a JSON list; an empty one is AWS's own. */}}
{{- define "millrace.endpoints" -}}
{{- $aws := .root.Values.aws -}}
{{- $sqs := $aws.sqsEndpoint | default $aws.endpoint -}}
{{- $s3 := $aws.s3Endpoint | default $aws.endpoint -}}
{{- eq .tier "web" | ternary (list $sqs) (list $sqs $s3) | toJson -}}
{{- end -}}

{{/* The ports of these, of STS where roles are taken from it, and of where traces go, as a JSON list. */}}
{{- define "millrace.endpointPorts" -}}
{{- $ports := list -}}
{{- $settings := .root.Values.settings -}}
{{- $traces := list $settings.OTEL_EXPORTER_OTLP_ENDPOINT $settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | compact -}}
{{- range include "millrace.endpoints" . | fromJsonArray | concat $traces -}}
{{- $url := urlParse . -}}
{{- $port := regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) -}}
{{- $ports = append $ports (int ($port | default (eq $url.scheme "http" | ternary 80 443))) -}}
{{- end -}}
{{- if eq .root.Values.aws.credentials "irsa" -}}
{{- $ports = append $ports 443 -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}
