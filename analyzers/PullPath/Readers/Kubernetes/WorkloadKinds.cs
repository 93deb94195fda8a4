namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Where objects of a kind keep what becomes pods. Paths have dots between keys, <c>[]</c> for every element of a list and <c>*</c> for every key that ends in what
/// follows it.
/// </summary>
/// <param name="Type">Group and kind.</param>
/// <param name="PodSpecs">Pod specifications; the labels of their pods stand beside them.</param>
internal sealed record WorkloadKind(string Type, params string[] PodSpecs)
{
    /// <summary>Images that stand outside of pod specifications.</summary>
    internal string[] Images { get; init; } = [];

    /// <summary>Map whose keys are images without tags; the tags stand below them.</summary>
    internal string? ImageKeys { get; init; }

    /// <summary>Where the name of the service account may stand outside of pod specifications; the first that is written counts.</summary>
    internal string[] Accounts { get; init; } = [];

    /// <summary>Where parts of the object may have service accounts of their own.</summary>
    internal string[] OwnAccounts { get; init; } = [];

    /// <summary>Where names of pull secrets may stand outside of pod specifications.</summary>
    internal string[] Secrets { get; init; } = [];

    /// <summary>Whole objects that it makes.</summary>
    internal string[] Objects { get; init; } = [];
}

/// <summary>All kinds that are known to make pods. Other objects are searched for lists of containers.</summary>
internal static class WorkloadKinds
{
    private const string Template = "spec.template.spec";

    /// <summary>Keys under which KServe takes a server of models: the general one and those of frameworks.</summary>
    private static readonly string[] Frameworks = ["model", "sklearn", "xgboost", "tensorflow", "pytorch", "triton", "onnx", "huggingface", "pmml", "lightgbm", "paddle"];

    private static readonly Lazy<Dictionary<string, WorkloadKind>> Table = new(static () => All().ToDictionary(kind => kind.Type, StringComparer.Ordinal));

    /// <summary>The kind of a type, or null.</summary>
    internal static WorkloadKind? Find(string type) => Table.Value.GetValueOrDefault(type);

    private static WorkloadKind[] All() =>
    [
        new("/Pod", "spec"),
        new("/PodTemplate", "template.spec"),
        new("/ReplicationController", Template),
        new("apps/Deployment", Template),
        new("apps/ReplicaSet", Template),
        new("apps/StatefulSet", Template),
        new("apps/DaemonSet", Template),
        new("extensions/Deployment", Template),
        new("extensions/DaemonSet", Template),
        new("extensions/ReplicaSet", Template),
        new("batch/Job", Template),
        new("batch/CronJob", "spec.jobTemplate.spec.template.spec"),
        new("argoproj.io/Rollout", Template),
        Workflow("argoproj.io/Workflow", "spec."),
        Workflow("argoproj.io/WorkflowTemplate", "spec."),
        Workflow("argoproj.io/ClusterWorkflowTemplate", "spec."),
        Workflow("argoproj.io/CronWorkflow", "spec.workflowSpec."),
        new("argoproj.io/AnalysisTemplate", "spec.metrics[].provider.job.spec.template.spec"),
        new("argoproj.io/ClusterAnalysisTemplate", "spec.metrics[].provider.job.spec.template.spec"),
        new("argoproj.io/AnalysisRun", "spec.metrics[].provider.job.spec.template.spec"),
        new("argoproj.io/Sensor")
        {
            Images = ["spec.template.container.image"], Accounts = ["spec.template.serviceAccountName"], Secrets = ["spec.template.imagePullSecrets[].name"],
            Objects = ["spec.triggers[].template.k8s.source.resource", "spec.triggers[].template.argoWorkflow.source.resource"],
        },
        new("serving.knative.dev/Service", Template),
        new("serving.knative.dev/Configuration", Template),
        new("serving.knative.dev/Revision", "spec"),
        new("sources.knative.dev/ContainerSource", Template),
        new("eventing.knative.dev/ContainerSource", Template),
        new("apps.kruise.io/CloneSet", Template),
        new("apps.kruise.io/StatefulSet", Template),
        new("apps.kruise.io/DaemonSet", Template),
        new("apps.kruise.io/BroadcastJob", Template),
        new("apps.kruise.io/AdvancedCronJob", "spec.template.jobTemplate.spec.template.spec", "spec.template.broadcastJobTemplate.spec.template.spec"),
        new("apps.kruise.io/UnitedDeployment", "spec.template.*Template.spec.template.spec"),
        new("apps.kruise.io/SidecarSet") { Images = ["spec.containers[].image", "spec.initContainers[].image"] },
        new("apps.kruise.io/ImagePullJob") { Images = ["spec.image"], Secrets = ["spec.pullSecrets[]"] },
        new("apps.kruise.io/NodeImage") { ImageKeys = "spec.images" },
        Tekton("tekton.dev/Task", "spec."),
        Tekton("tekton.dev/ClusterTask", "spec."),
        new("tekton.dev/StepAction") { Images = ["spec.image"] },
        Tekton("tekton.dev/Pipeline", "spec.tasks[].taskSpec.", "spec.finally[].taskSpec."),
        Tekton("tekton.dev/TaskRun", "spec.taskSpec.") with { Accounts = ["spec.serviceAccountName"], Secrets = ["spec.podTemplate.imagePullSecrets[].name"] },
        Tekton("tekton.dev/PipelineRun", "spec.pipelineSpec.tasks[].taskSpec.", "spec.pipelineSpec.finally[].taskSpec.") with
        {
            Accounts = ["spec.taskRunTemplate.serviceAccountName", "spec.serviceAccountName"],
            OwnAccounts = ["spec.taskRunSpecs[].serviceAccountName", "spec.taskRunSpecs[].taskServiceAccountName"],
            Secrets = ["spec.taskRunTemplate.podTemplate.imagePullSecrets[].name", "spec.podTemplate.imagePullSecrets[].name"],
        },
        new("jobset.x-k8s.io/JobSet", "spec.replicatedJobs[].template.spec.template.spec"),
        new("batch.volcano.sh/Job", "spec.tasks[].template.spec"),
        new("kubeflow.org/PyTorchJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/TFJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/MPIJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/XGBoostJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("trainer.kubeflow.org/TrainJob") { Images = ["spec.trainer.image"] },
        new("trainer.kubeflow.org/TrainingRuntime", "spec.template.spec.replicatedJobs[].template.spec.template.spec"),
        new("trainer.kubeflow.org/ClusterTrainingRuntime", "spec.template.spec.replicatedJobs[].template.spec.template.spec"),
        new("ray.io/RayCluster", "spec.headGroupSpec.template.spec", "spec.workerGroupSpecs[].template.spec"),
        new("ray.io/RayJob", "spec.rayClusterSpec.headGroupSpec.template.spec", "spec.rayClusterSpec.workerGroupSpecs[].template.spec"),
        new("ray.io/RayService", "spec.rayClusterConfig.headGroupSpec.template.spec", "spec.rayClusterConfig.workerGroupSpecs[].template.spec"),
        new("leaderworkerset.x-k8s.io/LeaderWorkerSet", "spec.leaderWorkerTemplate.leaderTemplate.spec", "spec.leaderWorkerTemplate.workerTemplate.spec"),
        new("serving.kserve.io/InferenceService", "spec.predictor", "spec.transformer", "spec.explainer") { Images = [.. Frameworks.Select(name => $"spec.predictor.{name}.image"), "spec.explainer.art.image"] },
        new("keda.sh/ScaledJob", "spec.jobTargetRef.template.spec"),
        new("sparkoperator.k8s.io/SparkApplication")
        {
            Images = ["spec.image", "spec.driver.image", "spec.executor.image"], Accounts = ["spec.driver.serviceAccount"], OwnAccounts = ["spec.executor.serviceAccount"],
            Secrets = ["spec.imagePullSecrets[]"],
        },
        new("apps.openshift.io/DeploymentConfig", Template),
        Operated("monitoring.coreos.com/Prometheus"),
        Operated("monitoring.coreos.com/Alertmanager"),
        Operated("monitoring.coreos.com/ThanosRuler"),
        new("postgresql.cnpg.io/Cluster") { Images = ["spec.imageName"], Secrets = ["spec.imagePullSecrets[].name"] },
        new("actions.github.com/AutoscalingRunnerSet", Template),
        new("actions.summerwind.dev/RunnerDeployment", Template) { Images = ["spec.template.spec.image"] },
    ];

    private static WorkloadKind Workflow(string type, string prefix) => new(type)
    {
        Images =
        [
            prefix + "templates[].container.image", prefix + "templates[].script.image", prefix + "templates[].initContainers[].image",
            prefix + "templates[].sidecars[].image", prefix + "templates[].containerSet.containers[].image",
        ],
        Accounts = [prefix + "serviceAccountName"],
        OwnAccounts = [prefix + "templates[].serviceAccountName"],
        Secrets = [prefix + "imagePullSecrets[].name"],
    };

    private static WorkloadKind Tekton(string type, params string[] prefixes) => new(type)
    {
        Images = [.. prefixes.SelectMany(prefix => (string[])[prefix + "steps[].image", prefix + "sidecars[].image", prefix + "stepTemplate.image"])],
    };

    private static WorkloadKind Operated(string type) => new(type)
    {
        Images = ["spec.image", "spec.containers[].image", "spec.initContainers[].image"],
        Accounts = ["spec.serviceAccountName"],
        Secrets = ["spec.imagePullSecrets[].name"],
    };
}
