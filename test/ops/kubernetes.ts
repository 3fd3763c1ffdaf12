type Labels = Readonly<Record<string, string>>

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string }
}

/** Of the objects of Kubernetes, what the tests look at. */
export interface Container {
  readonly env: readonly {
    readonly name: string
    readonly value?: string
    readonly valueFrom?: {
      readonly secretKeyRef: {
        readonly name: string
        readonly key: string
        readonly optional: boolean
      }
    }
  }[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly startupProbe: Probe
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
}

export interface Deployment {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels }
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations: Labels }
      readonly spec: {
        readonly containers: readonly Container[]
        readonly terminationGracePeriodSeconds: number
      }
    }
  }
}

export interface Service {
  readonly spec: {
    readonly selector: Labels
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[]
  }
  readonly metadata: { readonly name: string }
}

export interface PodDisruptionBudget {
  readonly spec: { readonly selector: { readonly matchLabels: Labels } }
}
