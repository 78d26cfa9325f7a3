job "redis" {
  datacenters = ["dc1"]

  group "redis" {
    count = 1

    network {
      port "redis" {
        to = 6379
      }
    }

    task "redis" {
      driver = "docker"

      config {
        image          = "redis:7.0"
        ports          = ["redis"]
        auth_soft_fail = true
      }

      service {
        name     = "redis"
        port     = "redis"
        provider = "consul"
      }

      resources {
        cpu    = 100
        memory = 128
      }
    }
  }
}
