{{/* Prefix of every object's name. */}}
{{- define "dynoai.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Labels by which a stage's objects find its pods. Takes root and stage. */}}
{{- define "dynoai.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .stage }}
{{- with .rootName }}
dynoai/drop-folder: {{ . }}
{{- end }}
{{- end }}

{{- define "dynoai.labels" -}}
{{ include "dynoai.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* The arguments with which a command reaches Kafka, as a JSON list. */}}
{{- define "dynoai.kafkaArgs" -}}
{{- $kafka := .Values.kafka }}
{{- $args := list "--bootstrap" $kafka.bootstrap "--replication" (toString $kafka.replication) "--namespace" $kafka.namespace }}
{{- if $kafka.sasl.mechanism }}
{{- $args = concat $args (list "--kafka" (printf "security.protocol=%s" (ternary "SASL_SSL" "SASL_PLAINTEXT" $kafka.tls.enabled)) "--kafka" (printf "sasl.mechanism=%s" $kafka.sasl.mechanism)) }}
{{- else if $kafka.tls.enabled }}
{{- $args = concat $args (list "--kafka" "security.protocol=SSL") }}
{{- end }}
{{- if and $kafka.tls.enabled $kafka.tls.caSecret }}
{{- $args = concat $args (list "--kafka" "ssl.truststore.type=PEM" "--kafka" (printf "ssl.truststore.location=/etc/kafka-ca/%s" $kafka.tls.caKey)) }}
{{- end }}
{{- range $name, $value := $kafka.properties }}
{{- $args = concat $args (list "--kafka" (printf "%s=%v" $name $value)) }}
{{- end }}
{{- $args | toJson }}
{{- end }}

{{/* Where a stage finds logs and run folders, as a JSON list. One mount holds both, so that a log is linked, not copied. */}}
{{- define "dynoai.storageArgs" -}}
{{- list "--store" "/shared/store" "--runs" "/shared/runs" | toJson }}
{{- end }}

{{/*
A pod of a stage. Takes root, stage, values (of the stage), args, and:
  probes    whether it serves health and metrics
  data      empty for a volume claim of the stateful set, otherwise the size limit of a volume of the pod
  storage   whether it reads or writes logs or run folders
  dropClaim a claim for /drop; drop: whether a volume claim of the stateful set is mounted there
  page      whether it serves the page
  door      whether shops connect to it
*/}}
{{- define "dynoai.pod" -}}
{{- $root := .root }}
{{- $kafka := $root.Values.kafka }}
metadata:
  labels:
    {{- include "dynoai.labels" . | nindent 4 }}
  {{- if and .probes $root.Values.monitoring.annotations (not .page) }}
  annotations:
    prometheus.io/scrape: "true"
    prometheus.io/port: "8081"
    prometheus.io/path: /metrics
  {{- end }}
spec:
  serviceAccountName: {{ include "dynoai.name" $root }}
  automountServiceAccountToken: false
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: 30
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    fsGroup: 1000
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .values.affinity }}
  affinity:
    {{- toYaml .values.affinity | nindent 4 }}
  {{- else if .values.replicas }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "dynoai.selector" . | nindent 16 }}
  {{- end }}
  {{- if not .probes }}
  restartPolicy: OnFailure
  {{- end }}
  containers:
    - name: {{ .stage }}
      image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        {{- range .args }}
        - {{ . | quote }}
        {{- end }}
      env:
        {{- if and .probes (not .page) }}
        - name: DYNOAI_INSTANCE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        {{- end }}
        {{- if $kafka.sasl.mechanism }}
        - name: DYNOAI_KAFKA_SASL_JAAS_CONFIG
          valueFrom:
            secretKeyRef:
              name: {{ required (printf "%s.kafkaSecret is needed with kafka.sasl" .stage) .values.kafkaSecret }}
              key: {{ $kafka.sasl.key }}
        {{- end }}
        {{- if .page }}
        - name: DYNOAI_TOKEN
          valueFrom:
            secretKeyRef:
              name: {{ .values.tokenSecret }}
              key: token
        {{- if .values.catalogue.passwordSecret }}
        - name: PGPASSFILE
          value: /etc/catalogue/pgpass
        {{- end }}
        {{- end }}
        {{- with .values.javaOptions }}
        - name: DYNOAI_JAVA_OPTS
          value: {{ . | quote }}
        {{- end }}
      {{- if .probes }}
      ports:
        - name: health
          containerPort: 8081
        {{- if .page }}
        - name: page
          containerPort: 8080
        {{- end }}
        {{- if .door }}
        - name: door
          containerPort: 8443
        {{- end }}
      startupProbe:
        httpGet: {path: /health/live, port: health}
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /health/live, port: health}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /health/ready, port: health}
        periodSeconds: 5
        timeoutSeconds: 5
      {{- end }}
      {{- with .values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        # RocksDB and the compressors unpack their native libraries there.
        - {name: tmp, mountPath: /tmp}
        {{- if .probes }}
        - {name: data, mountPath: /data}
        {{- end }}
        {{- if .storage }}
        - {name: shared, mountPath: /shared}
        {{- end }}
        {{- if or .drop .dropClaim }}
        - {name: drop, mountPath: /drop}
        {{- end }}
        {{- if and .page .values.catalogue.passwordSecret }}
        - {name: catalogue, mountPath: /etc/catalogue, readOnly: true}
        {{- end }}
        {{- if and $kafka.tls.enabled $kafka.tls.caSecret }}
        - {name: kafka-ca, mountPath: /etc/kafka-ca, readOnly: true}
        {{- end }}
        {{- if .door }}
        - {name: intake-tls, mountPath: /etc/intake-tls, readOnly: true}
        {{- if .values.clientCaSecret }}
        - {name: intake-clients, mountPath: /etc/intake-clients, readOnly: true}
        {{- end }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 512Mi}
    {{- with .data }}
    - name: data
      emptyDir: {sizeLimit: {{ . }}}
    {{- end }}
    {{- if .storage }}
    - name: shared
      persistentVolumeClaim:
        claimName: {{ $root.Values.storage.existingClaim | default (printf "%s-shared" (include "dynoai.name" $root)) }}
    {{- end }}
    {{- with .dropClaim }}
    - name: drop
      persistentVolumeClaim:
        claimName: {{ . }}
    {{- end }}
    {{- if and .page .values.catalogue.passwordSecret }}
    - name: catalogue
      secret:
        secretName: {{ .values.catalogue.passwordSecret }}
        defaultMode: 0440
    {{- end }}
    {{- if and $kafka.tls.enabled $kafka.tls.caSecret }}
    - name: kafka-ca
      secret:
        secretName: {{ $kafka.tls.caSecret }}
    {{- end }}
    {{- if .door }}
    - name: intake-tls
      secret:
        secretName: {{ .values.tlsSecret }}
        defaultMode: 0440
    {{- with .values.clientCaSecret }}
    - name: intake-clients
      secret:
        secretName: {{ . }}
    {{- end }}
    {{- end }}
{{- end }}

{{/* The spec of a volume claim that one pod writes. Takes storageClass and size. */}}
{{- define "dynoai.claim" -}}
accessModes: [{{ .mode | default "ReadWriteOnce" }}]
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- end }}
